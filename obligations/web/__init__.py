"""The pages: parse, call one use case, render. No request of theirs leaves the machine."""
