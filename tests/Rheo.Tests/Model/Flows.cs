using Rheo.Model;
using Xunit;

namespace Rheo.Tests.Model;

/// <summary>Short words for the tests of conversations: a client, a server, seconds, packets.</summary>
internal static class Flows
{
    public const long Second = 1_000_000_000;
    public const long Millisecond = 1_000_000;

    /// <summary>Where the tests' time begins; only differences matter.</summary>
    public const long Start = 1_800_000_000 * Second;

    public static readonly Endpoint Client = new(Address.Parse("10.0.0.1"), 40_000);
    public static readonly Endpoint Server = new(Address.Parse("10.0.0.2"), 443);

    public static FlowKey Request => Key(Client, Server);

    public static FlowKey Reply => Key(Server, Client);

    public static FlowKey Key(Endpoint source, Endpoint destination, byte protocol = Transport.Tcp) => new()
    {
        Source = source.Address,
        SourcePort = source.Port,
        Destination = destination.Address,
        DestinationPort = destination.Port,
        Protocol = protocol,
        Network = source.Address.IsIPv4 ? NetworkType.IPv4 : NetworkType.IPv6,
    };

    public static FlowKey Icmp(string source, string destination, byte type, byte code = 0, byte protocol = Transport.Icmp) => new()
    {
        Source = Address.Parse(source),
        Destination = Address.Parse(destination),
        Protocol = protocol,
        Network = protocol == Transport.Icmp ? NetworkType.IPv4 : NetworkType.IPv6,
        IcmpType = type,
        IcmpCode = code,
    };

    public static ObservationPoint In(int interfaceIndex) => new(interfaceIndex, Egress: false);

    public static ObservationPoint Out(int interfaceIndex) => new(interfaceIndex, Egress: true);

    public static ConversationTable Table(ConversationTableOptions? options = null, IEndedConversations? ended = null)
    {
        var table = new ConversationTable((options ?? new ConversationTableOptions()) with { Seed = 1 }, ended);
        table.Tick(Start);
        return table;
    }

    /// <summary>Opens the flow and adds packets of 100 bytes each.</summary>
    public static FlowRef See(
        this ConversationTable table, FlowKey key, ObservationPoint point, long firstNs, ulong packets, TcpFlags flags = TcpFlags.None, long? lastNs = null)
    {
        var flow = table.Open(key, point, firstNs, flags);
        var syn = (flags & TcpFlags.Syn) != 0 ? 1 : 0;
        var fin = (flags & TcpFlags.Fin) != 0 ? 1 : 0;
        var rst = (flags & TcpFlags.Rst) != 0 ? 1 : 0;
        Assert.True(table.Add(flow, new FlowCounts(packets, 100 * packets, flags, (ushort)syn, (ushort)fin, (ushort)rst), lastNs ?? firstNs));
        return flow;
    }

    /// <summary>Adds packets of 100 bytes each.</summary>
    public static bool More(this ConversationTable table, FlowRef flow, ulong packets, long lastNs, TcpFlags flags = TcpFlags.None) =>
        table.Add(flow, new FlowCounts(packets, 100 * packets, flags), lastNs);

    public static List<Conversation> All(this ConversationTable table)
    {
        var all = new Collected();
        table.Visit(ref all);
        return all.Conversations;
    }

    /// <summary>The one that a reader is shown first.</summary>
    public static Conversation First(this ConversationTable table)
    {
        var first = new Conversation[1];
        Assert.Equal(1, table.Top(first, ConversationOrder.Bytes));
        return first[0];
    }

    public static Conversation Single(this ConversationTable table) => Assert.Single(table.All());

    public static void AssertBalance(ConversationTable table)
    {
        var live = table.All().Aggregate(default(Traffic), (sum, conversation) => sum + conversation.Traffic);
        Assert.Equal(live, table.Live.Traffic);
        Assert.Equal(table.Total.Traffic, table.Live.Traffic + table.Ended.Traffic + table.Other.Traffic);
        Assert.Equal(table.Total.Conversations, table.Live.Conversations + table.Ended.Conversations + table.Other.Conversations);
    }

    internal sealed class Collected : IConversationVisitor, IEndedConversations
    {
        public List<Conversation> Conversations { get; } = [];

        public bool Visit(in Conversation conversation)
        {
            Conversations.Add(conversation);
            return true;
        }

        public void Ended(in Conversation conversation) => Conversations.Add(conversation);
    }
}
