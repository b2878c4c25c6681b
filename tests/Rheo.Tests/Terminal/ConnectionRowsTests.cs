using Rheo.Model;
using Rheo.Model.Connections;
using Rheo.Model.Owners;
using Rheo.Terminal;
using Xunit;

namespace Rheo.Tests.Terminal;

public sealed class ConnectionRowsTests
{
    private const long Longest = 999_400_000_000;

    public static TheoryData<BlameReason> Reasons => [.. Enum.GetValues<BlameReason>().Where(reason => reason != BlameReason.None)];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void NoVerdictRunsPast80Columns(BlameReason reason)
    {
        foreach (var party in Enum.GetValues<BlameParty>())
        {
            var verdict = new Verdict(party, reason, 1_234_567, 12_345_678, Longest);

            Assert.All(Print(80, wide: false, verdict), line => Assert.InRange(line.Length, 1, 80));
        }
    }

    [Fact]
    public void PortsStayWhereAddressesAreCut() =>
        Assert.StartsWith("[2001:db8:…:65535  >  192.168.100…:65535  reset_received  ", Print(80, wide: false, new(BlameParty.Network, BlameReason.Loss, 51, 1_020))[1], StringComparison.Ordinal);

    [Fact]
    public void WhoAndHowMuchAreTheFirstThatIsSaid()
    {
        Assert.EndsWith("network: 51/1.02k lost", Print(80, wide: false, new(BlameParty.Network, BlameReason.Loss, 51, 1_020))[1], StringComparison.Ordinal);
        Assert.EndsWith("server: answers 1.2s", Print(80, wide: false, new(BlameParty.Server, BlameReason.SlowAnswer, TimeNs: 1_200_000_000))[1], StringComparison.Ordinal);
        Assert.EndsWith("queue: full 129/128", Print(80, wide: false, new(BlameParty.ServerQueue, BlameReason.QueueFull, 129, 128))[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80, true)]
    [InlineData(240, false)]
    [InlineData(int.MaxValue, false)]
    public void WhereThereIsRoomAVerdictIsSaidInFull(int width, bool wide)
    {
        var verdict = new Verdict(BlameParty.Client, BlameReason.SlowReader, TimeNs: Longest);

        Assert.Contains(ConnectionWords.Phrase(verdict), Print(width, wide, verdict)[1], StringComparison.Ordinal);
    }

    private static string[] Print(int width, bool wide, Verdict verdict)
    {
        using var output = new StringWriter();
        var rows = new ConnectionRows(output, new Screen(Styled: false, width), wide, listening: false);
        rows.Write(new Connection
        {
            Figures = new ConnectionFigures
            {
                Local = new(Address.Parse("2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff"), 65_535), Remote = new(Address.Parse("192.168.100.200"), 65_535),
                State = ConnectionState.Closed, End = ConnectionEnd.ResetReceived, RttNs = 1_000_000, BytesSent = 1_000, BytesReceived = 2_000, Retransmitted = 7,
            },
            Role = ConnectionRole.Client, Verdict = verdict, SendWindowClosedNs = 0, ReceiveWindowClosedNs = 0, SlowestNs = 0,
            Processes = [new SocketProcess { Pid = 4_194_303, Name = "fifteen-letters", Uid = 0 }],
        });
        rows.Flush();
        return output.ToString().TrimEnd('\n').Split('\n');
    }
}
