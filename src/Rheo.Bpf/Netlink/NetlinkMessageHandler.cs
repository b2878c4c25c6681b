namespace Rheo.Bpf.Netlink;

/// <summary>Takes one message of a reply; the message is valid during the call only.</summary>
internal delegate void NetlinkMessageHandler(in NetlinkMessage message);
