using System.Text;
using System.Text.Json;
using Rheo.Cli;
using Rheo.Model;
using Rheo.Model.Owners;
using Rheo.Packets;
using Rheo.Sinks;
using Rheo.Terminal;
using Xunit;

namespace Rheo.Tests.Sinks;

/// <summary>Text from outside through every shape of output: nothing of it steers a terminal, breaks a format or hides.</summary>
public sealed class HostileTextTests
{
    // A conversation names three interfaces: so many strings go through at once.
    private const int AtOnce = 3;

    [Fact]
    public void NothingIsLeftThatSteersOrHides() => Assert.All(HostileText.All, text =>
    {
        var printable = Text.Printable(text);
        Assert.DoesNotContain(printable.EnumerateRunes(), HostileText.Steers);
        Assert.Equal(printable, Text.Printable(printable));
    });

    [Fact]
    public void JsonStaysValidAndSaysWhatWasThere()
    {
        foreach (var names in Whole().Chunk(AtOnce))
        {
            var text = Print(names, (stream, interfaces) => new JsonLinesWriter(stream, interfaces));

            AssertPrintable(text.TrimEnd('\n'));
            using var document = JsonDocument.Parse(text);
            var read = document.RootElement.GetProperty("network").GetProperty("interfaces").EnumerateArray().Select(name => name.GetString());
            Assert.Equal(names.Distinct().Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void RowsStayRowsInCsvYamlAndTables()
    {
        foreach (var names in HostileText.All.Chunk(AtOnce))
        {
            AssertLines(Print(names, (stream, interfaces) => new CsvWriter(stream, interfaces)).Replace("\r\n", "\n", StringComparison.Ordinal), 2);
            AssertLines(Print(names, (stream, interfaces) => Table(stream, interfaces, wide: true)), 2);
            AssertLines(Print(names, (stream, interfaces) => Table(stream, interfaces, wide: false)), 2);
        }

        foreach (var names in Whole().Chunk(AtOnce))
            AssertLines(Print(names, (stream, interfaces) => new YamlWriter(stream, interfaces)), lines: 0);
    }

    [Fact]
    public void MessagesAboutFiltersShowThemEscaped() => Assert.All(HostileText.All, text =>
    {
        try
        {
            FlowFilter.Parse(text);
        }
        catch (FilterException wrong)
        {
            AssertLines(FilterPointer.Show(text, wrong), lines: 0);
        }
    });

    [Fact]
    public void InterfaceNamesOfAnyBytesAreText() => Assert.All(HostileText.InterfaceNames, name =>
        Assert.DoesNotContain(Text.Printable(Rheo.Bpf.Netlink.NetlinkText.Decode(name)).EnumerateRunes(), HostileText.Steers));

    [Fact]
    public void WhateverAProcessCallsItselfAndItsPlaceIsShownInEveryShape()
    {
        foreach (var names in Whole().Chunk(AtOnce).Where(names => names.All(name => name.Length > 0)))
        {
            var flow = Owned(names[0], names[^1]);
            AssertLines(Print(flow, stream => new CsvWriter(stream, Samples.Interfaces)).Replace("\r\n", "\n", StringComparison.Ordinal), 2);
            AssertLines(Print(flow, stream => Table(stream, Samples.Interfaces, wide: true)), 2);
            AssertLines(Print(flow, stream => new YamlWriter(stream, Samples.Interfaces)), lines: 0);
            var json = Print(flow, stream => new JsonLinesWriter(stream, Samples.Interfaces));
            AssertPrintable(json.TrimEnd('\n'));
            using var document = JsonDocument.Parse(json);
            var process = document.RootElement.GetProperty("source").GetProperty("process");
            Assert.Equal((names[0], names[^1]), (process.GetProperty("name").GetString(), process.GetProperty("unit").GetString()));
        }
    }

    private static Conversation Owned(string name, string other) => Samples.Tcp with
    {
        SourceProcesses = [new SocketProcess { Pid = 7, Name = name, Executable = other, Uid = 0, Container = other, Unit = other }],
    };

    // Half a character is no text: it cannot come from the kernel's bytes, nor can JSON say it.
    private static IEnumerable<string> Whole() => HostileText.All.Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));

    private static FlowTable Table(Stream stream, InterfaceNames interfaces, bool wide) =>
        new(new StreamWriter(stream, new UTF8Encoding(false)), Screen.None, interfaces, wide);

    private static string Print(string[] names, Func<Stream, InterfaceNames, IFlowWriter> open)
    {
        var stream = new MemoryStream();
        var writer = open(stream, new InterfaceNames(index => names[index % names.Length]));
        writer.Write(Samples.Tcp);
        writer.Flush();
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Print(in Conversation flow, Func<Stream, IFlowWriter> open)
    {
        var stream = new MemoryStream();
        var writer = open(stream);
        writer.Write(flow);
        writer.Flush();
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void AssertLines(string text, int lines)
    {
        var found = text.TrimEnd('\n').Split('\n');
        if (lines > 0)
            Assert.Equal(lines, found.Length);
        Assert.All(found, AssertPrintable);
    }

    private static void AssertPrintable(string line) => Assert.DoesNotContain(line.EnumerateRunes(), HostileText.Steers);
}
