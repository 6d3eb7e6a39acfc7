"""Tests of ledger"""
