"""Uppföljning: what a local crime-prevention collaboration promised, set against what was carried out."""
