using System.Text;
using Rheo.Model;
using Rheo.Model.Drops;
using Rheo.Model.Owners;
using Rheo.Sinks;
using Rheo.Terminal;
using Xunit;

namespace Rheo.Tests.Sinks;

public sealed class DropWriterTests
{
    private static readonly DropNames Names = new(7, index => "eth" + index, _ => "blue");

    private static readonly DropTotal Queue = new("TCP_LISTEN_OVERFLOW", "tcp_conn_request", 2, 9, 0x0800, null, 3, 180, 1_700_000_000_000_000_000);

    private static readonly DropTotal Flow = new(
        "SOCKET_RCVBUFF", "udp_queue_rcv_one_skb", 1, 7, 0x86dd,
        new DroppedFlow(new(Address.Parse("2001:db8::1"), 40_000), new(Address.Parse("2001:db8::2"), 53), 17), 12_345, 1 << 20, 1_700_000_000_000_000_000)
    {
        Owner = new SocketProcess { Pid = 42, Name = "=named,\e[31m", Uid = 53, Executable = "/usr/sbin/named", Unit = "named.service" },
    };

    [Theory]
    [InlineData(DropGrouping.Flow, "FLOW", "2001:db8")]
    [InlineData(DropGrouping.Process, "PROCESS", "=named")]
    [InlineData(DropGrouping.Place, "PLACE", "udp_queue")]
    public void OnANarrowScreenTheColumnThatARowStandsForStays(DropGrouping by, string title, string cell)
    {
        var lines = Print(stream => new DropTable(Writer(stream), new Screen(Styled: false, 80), Names, explain: false, by)).Split('\n');

        Assert.Contains(title, lines[0], StringComparison.Ordinal);
        Assert.Contains(cell, lines[1], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void WhoAsksForAllColumnsGetsThemUncutOnAnyScreen()
    {
        var narrow = Print(stream => new DropTable(Writer(stream), new Screen(Styled: false, 40), Names, explain: false, wide: true));

        Assert.Equal(Print(stream => new DropTable(Writer(stream), Screen.None, Names, explain: false)), narrow);
        Assert.DoesNotContain("…", narrow, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DropGrouping.Place, "PLACE", "udp_queue_rcv_one_skb")]
    [InlineData(DropGrouping.Flow, "PROCESS", "=named")]
    public void RowsThatComeLaterStandUnderTheirHeading(DropGrouping by, string title, string cell)
    {
        var stream = new MemoryStream();
        var table = new DropTable(Writer(stream), Screen.None, Names, explain: false, by, follow: true);
        table.Flush();
        table.Write(Queue with { Place = "", Device = "enp0s3" });
        table.Write(Flow with { Device = "enp0s3" });
        table.Flush();

        var lines = Encoding.UTF8.GetString(stream.ToArray()).Split('\n');
        Assert.Equal(lines[0].IndexOf(title, StringComparison.Ordinal), lines[2].IndexOf(cell, StringComparison.Ordinal));
    }

    [Fact]
    public void CsvHasACellForEachTitleAndNothingThatASpreadsheetWouldRun()
    {
        var lines = Print(stream => new DropCsvWriter(stream, Names)).Split("\r\n");

        Assert.Equal(
            "2023-11-14T22:13:20.000000000Z,SOCKET_RCVBUFF,true,udp_queue_rcv_one_skb,eth1,1,7,,0x86dd,2001:db8::1,40000,2001:db8::2,53,17,42,"
            + "\"'=named,\\x1b[31m\",/usr/sbin/named,53,,named.service,12345,1048576", lines[1]);
        Assert.Equal("2023-11-14T22:13:20.000000000Z,TCP_LISTEN_OVERFLOW,true,tcp_conn_request,if2,2,9,blue,0x0800,,,,,,,,,,,,3,180", lines[2]);
        Assert.Equal(lines[0].Count(letter => letter == ','), lines[2].Count(letter => letter == ','));
    }

    [Fact]
    public void YamlIsOneDocumentEach()
    {
        var text = Print(stream => new DropJsonWriter(stream, Names, isYaml: true));

        Assert.Equal(2, text.Split("---\nreason: ").Length - 1);
        Assert.Contains("  address: \"2001:db8::2\"\n", text, StringComparison.Ordinal);
    }

    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(false));

    private static string Print(Func<Stream, IDropWriter> open)
    {
        var stream = new MemoryStream();
        var writer = open(stream);
        writer.Write(Flow);
        writer.Write(Queue);
        writer.Flush();
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
