"""Paper: pages of ours as tagged PDF, drawn by confined children"""
