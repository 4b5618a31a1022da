"""Projects, programs and portfolios under control: risks, issues, decisions, money, reports, acceptance."""
