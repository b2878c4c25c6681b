namespace Rheo.Model.Table;

/// <summary>Which ICMP messages ask and which answer, so that both are one conversation.</summary>
/// <remarks>Source: RFC 792, 950, 1256 (ICMP); RFC 4443, 4861, 4620 (ICMPv6).</remarks>
internal static class IcmpQuery
{
    /// <summary>The type of the request that a message is, or answers; a message of another kind keeps its own type.</summary>
    public static byte RequestOf(byte protocol, byte type, out bool isReply)
    {
        var request = protocol == Transport.Icmp ? RequestOfReply(type) : RequestOfReply6(type);
        isReply = request != null;
        return request ?? type;
    }

    /// <summary>The type of the message that answers a request; its own type where none does.</summary>
    public static byte ReplyOf(byte protocol, byte request)
    {
        for (var type = 0; type <= byte.MaxValue; type++)
        {
            if (RequestOf(protocol, (byte)type, out var isReply) == request && isReply)
                return (byte)type;
        }
        return request;
    }

    private static byte? RequestOfReply(byte type) => type switch
    {
        0 => 8, // echo
        9 => 10, // router advertisement, solicitation
        14 => 13, // timestamp
        16 => 15, // information
        18 => 17, // address mask
        _ => null,
    };

    private static byte? RequestOfReply6(byte type) => type switch
    {
        129 => 128, // echo
        134 => 133, // router advertisement, solicitation
        136 => 135, // neighbour advertisement, solicitation
        140 => 139, // node information
        _ => null,
    };
}
