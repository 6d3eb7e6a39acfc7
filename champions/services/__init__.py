"""What changes in the network, a file a flow"""
