def regel() -> int:
    """x"""
    return 0
