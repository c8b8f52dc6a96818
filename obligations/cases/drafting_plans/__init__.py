"""From a document to a draft plan beside the configuration: ids of units, dates, plan file, differences."""
