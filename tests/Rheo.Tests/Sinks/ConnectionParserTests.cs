using System.Buffers;
using System.Text;
using System.Text.Json;
using Rheo.Model.Connections;
using Rheo.Sinks;
using Xunit;

namespace Rheo.Tests.Sinks;

/// <summary>What the JSON of connections says can be read back, so that a command through an agent prints what one without prints.</summary>
public sealed class ConnectionParserTests
{
    [Fact]
    public void AConnectionReadBackIsWrittenAsBefore()
    {
        foreach (var connection in SomeConnections.All)
        {
            var written = Write(json => ConnectionJson.Write(json, connection));
            var again = ConnectionParser.ReadConnection(JsonDocument.Parse(written).RootElement);

            Assert.Equal(written, Write(json => ConnectionJson.Write(json, again)));
            Assert.Equal(Csv(connection), Csv(again));
        }
    }

    [Fact]
    public void AListenerReadBackIsWrittenAsBefore()
    {
        var written = Write(json => ConnectionJson.Write(json, SomeConnections.Listener));
        var list = ConnectionParser.ReadList(List("[]", $"[{written}]"))!;

        Assert.Equal(written, Write(json => ConnectionJson.Write(json, Assert.Single(list.Queues))));
        Assert.Equal((7, 2UL, 6UL), (list.Live, list.Totals.Accepted, list.Totals.Retransmits.Total));
    }

    [Fact]
    public void AnAgentThatDoesNotWatchThemIsKnown()
    {
        Assert.Null(ConnectionParser.ReadList(JsonDocument.Parse("""{"watched":false,"owners_watched":true,"connections":[],"listeners":[]}""").RootElement));
        Assert.Null(ConnectionParser.ReadList(JsonDocument.Parse("""{"watched":true,"owners_watched":false,"connections":[],"listeners":[]}""").RootElement));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""{"watched":"yes"}""")]
    [InlineData("""{"watched":true,"owners_watched":true,"totals":{},"live":1e99}""")]
    public void NonsenseIsRefusedAsSuch(string text) =>
        Assert.Throws<InvalidDataException>(() => ConnectionParser.ReadList(JsonDocument.Parse(text).RootElement));

    [Theory]
    [InlineData("2026-01-31T23:59:59.123456789Z", 1_769_903_999_123_456_789)]
    [InlineData("2026-01-31T23:59:59Z", 1_769_903_999_000_000_000)]
    [InlineData("2026-02-01T00:59:59.5+01:00", 1_769_903_999_500_000_000)]
    [InlineData("1970-01-01T00:00:00Z", 0)]
    public void TimesAreReadAsTheyAreWritten(string text, long expected)
    {
        Assert.True(Rfc3339.TryParse(text, out var unixNs));
        Assert.Equal(expected, unixNs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("2026-01-31")]
    [InlineData("2026-01-31T23:59:59")]
    [InlineData("2026-01-31T23:59:59.Z")]
    [InlineData("2026-01-31T23:59:59.1x2Z")]
    [InlineData("9999-01-31T23:59:59Z")]
    [InlineData("1969-12-31T23:59:59Z")]
    public void WhatIsNoTimeIsRefused(string text) => Assert.False(Rfc3339.TryParse(text, out _));

    private static JsonElement List(string connections, string listeners) => JsonDocument.Parse(
        $$"""
        {"watched":true,"owners_watched":true,"time":"2026-01-31T23:59:59.123456789Z","live":7,"listening":1,"matched":1,
         "totals":{"opened":1,"accepted":2,"retransmits":{"total":6,"timeout":1,"fast":2,"probe":3,"syn":0,"syn_ack":0},"lost_moments":0,"lost_changes":0,"lost_sockets":0},
         "connections":{{connections}},"listeners":{{listeners}}}
        """).RootElement;

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Csv(Connection connection)
    {
        using var output = new MemoryStream();
        var writer = new ConnectionCsvWriter(output);
        writer.Write(connection);
        writer.Flush();
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
