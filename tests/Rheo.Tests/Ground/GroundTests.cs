using System.Text.RegularExpressions;
using Xunit;

namespace Rheo.Tests.Ground;

/// <summary>What holds for the tree as a whole: licenses, layout, rooms that explain themselves.</summary>
public sealed partial class GroundTests
{
    private const string KernelLicense = "SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)";

    [Fact]
    public void EveryKernelSourceNamesItsLicenseInTheFirstLine()
    {
        Assert.All(Repository.Files("bpf/*.c", "bpf/*.h", "*.bpf.c"), path =>
            Assert.Contains(KernelLicense, File.ReadLines(Path.Combine(Repository.Root, path)).First(), StringComparison.Ordinal));
    }

    [Fact]
    public void EverySourceFileIsFormatted()
    {
        var (exitCode, output) = Repository.Run(Path.Combine(Repository.Root, "dev"), "format", "--check");

        Assert.SkipWhen(exitCode == 3, $"cannot format here: {output.Trim()}");
        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public void EveryRoomSaysWhatLivesInIt()
    {
        string[] rooms = ["bpf", "bench", "docs", "eng", .. Projects("src"), .. Projects("tests")];

        Assert.All(rooms, room => Assert.True(File.Exists(Path.Combine(Repository.Root, room, "README.md")), room));
    }

    [Fact]
    public void BothReadmesShowTheSameCommands()
    {
        Assert.Equal(Essence("README.md"), Essence("README.zh-CN.md"));
    }

    [Fact]
    public void EveryLinkInTheDocumentsLeadsSomewhere()
    {
        var links = Repository.Files("*.md").SelectMany(document => LocalLink()
            .Matches(File.ReadAllText(Path.Combine(Repository.Root, document)))
            .Select(match => Path.Combine(Path.GetDirectoryName(document)!, match.Groups["path"].Value)));

        Assert.All(links, link => Assert.True(Path.Exists(Path.Combine(Repository.Root, link)), link));
    }

    [Fact]
    public void EveryMetricIsDocumented()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs/metrics.md"));
        var metrics = Repository.Files("src/Rheo/*.cs")
            .SelectMany(file => MetricName().Matches(File.ReadAllText(Path.Combine(Repository.Root, file))))
            .Select(match => match.Groups["name"].Value)
            .ToArray();

        Assert.InRange(metrics.Length, 40, 1000);
        Assert.All(metrics, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    // The name is the first argument, on the same line or the next.
    [GeneratedRegex(@"Create(Counter|Gauge|Histogram|Summary)\(\s*""(?<name>\w+)""")]
    private static partial Regex MetricName();

    // A link without a scheme; what follows # is a place inside the document.
    [GeneratedRegex(@"\]\((?<path>[^)#:]+)(#[^)]*)?\)")]
    private static partial Regex LocalLink();

    private static IEnumerable<string> Projects(string folder) =>
        Repository.Files($"{folder}/*.csproj").Select(path => Path.GetDirectoryName(path)!);

    // Commands are the same in each language; comments and prose are not.
    private static List<string> Essence(string readme)
    {
        var lines = new List<string>();
        var inside = false;
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, readme)))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                inside = !inside;
            else if (inside)
                lines.Add(line.Split(" # ")[0].TrimEnd());
        }

        return lines;
    }
}
