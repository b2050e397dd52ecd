def validera() -> int:
    """x"""
    return 0
