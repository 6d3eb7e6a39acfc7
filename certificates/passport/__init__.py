"""The holder's whole record, to carry and to show"""
