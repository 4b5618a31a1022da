"""The one tree from portfolio to task, with links, calendars, resources and computed dates."""
