"""The tail of the log as server-sent events, outside Django: an idle reader costs a few kilobytes, no thread."""
