"""The pages of the configuration: files, changes, forecast, versions."""
