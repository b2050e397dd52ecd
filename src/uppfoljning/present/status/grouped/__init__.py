"""The follow-up in groups: by party, by place, by month, quarter or tertial."""
