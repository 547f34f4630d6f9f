"""A portal on loopback that behaves as Bitrix24 does."""
