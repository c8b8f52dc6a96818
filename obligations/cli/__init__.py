"""The command line: parse, call one use case, print. Tables for people, one JSON document for programs."""
