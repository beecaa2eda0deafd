"""A store of many articles: added, replaced, merged and removed without a trace."""
