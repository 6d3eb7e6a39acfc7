"""What people choose and write in the network, a file a flow"""
