using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Rheo.Sinks;
using Xunit;

namespace Rheo.Tests.Sinks;

public sealed class YamlTests
{
    [Fact]
    public void YamlReadsAsPublished() => Golden.Check("flows.yaml", Print(stream => new YamlWriter(stream, Samples.Interfaces)));

    [Theory]
    [InlineData("eth0", "eth0")]
    [InlineData("no", "\"no\"")]
    [InlineData("", "\"\"")]
    [InlineData("10.0.0.1", "\"10.0.0.1\"")]
    [InlineData("::1", "\"::1\"")]
    [InlineData("a: b", "\"a: b\"")]
    [InlineData("a\"\\b", "\"a\\\"\\\\b\"")]
    [InlineData("\e[2J\n", "\"\\x1b[2J\\x0a\"")]
    [InlineData("\u202eé😀", "\"\\u202eé😀\"")]
    public void ATextIsQuotedWhereItCouldBeTakenForSomethingElse(string text, string expected) => Assert.Equal(expected, YamlText.Scalar(text));

    [Fact]
    public void AnotherReaderTakesItForTheSameValuesAsTheJson()
    {
        var expected = Print(stream => new JsonLinesWriter(stream, Samples.Interfaces)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var found = AsJson(Print(stream => new YamlWriter(stream, Samples.Interfaces)));

        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.True(JsonNode.DeepEquals(JsonNode.Parse(pair.First), JsonNode.Parse(pair.Second)), pair.Second));
    }

    private static string[] AsJson(string yaml)
    {
        var start = new ProcessStartInfo("python3", ["-c", "import sys, json, yaml\nfor d in yaml.safe_load_all(sys.stdin.buffer): print(json.dumps(d))"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.BaseStream.Write(Encoding.UTF8.GetBytes(yaml));
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.SkipWhen(error.Contains("No module named 'yaml'", StringComparison.Ordinal), "needs python3-yaml");
        Assert.True(process.ExitCode == 0, error);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Print(Func<Stream, IFlowWriter> open)
    {
        var stream = new MemoryStream();
        var writer = open(stream);
        foreach (var flow in Samples.All)
            writer.Write(flow);
        writer.Flush();
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
