using System.CommandLine;
using Rheo.Cli;
using Rheo.Cli.Settings;
using Rheo.Packets;
using Xunit;

namespace Rheo.Tests.Hostile;

/// <summary>Whatever stands on the command line: it is understood, or refused with exit code 2 and a message that steers no terminal.</summary>
public sealed class ArgumentTests
{
    /// <summary>A line of a message: a wrong word is shown, but not all of a page of it.</summary>
    private const int LongestLine = 1500;

    private readonly RecordedCommands _commands = new();

    [Fact]
    public void NoWordEndsInAnythingButSuccessOrUsage()
    {
        var places = Places().ToArray();
        Assert.True(places.Length > 100, $"{places.Length} places for a word");
        for (var at = 0; at < HostileText.All.Count; at++)
            Try(places[at % places.Length], HostileText.All[at]);
    }

    [Fact]
    public void EachPlaceForAWordSeesManyAttacksAndEachAttackManyPlaces()
    {
        var turn = 0;
        foreach (var place in Places())
        {
            for (var at = turn++ % 5; at < HostileText.Attacks.Count; at += 5)
                Try(place, HostileText.Attacks[at]);
        }
    }

    [Fact]
    public void EveryFilterIsReadOrRefused()
    {
        foreach (var text in HostileText.All)
            Try(["flows", ""], text);
    }

    [Fact]
    public void WhatIsMuchIsRefusedShortly()
    {
        var turn = 0;
        foreach (var place in Places())
        {
            for (var at = turn++ % 7; at < HostileText.Long.Count; at += 7)
                Try(place, HostileText.Long[at]);
        }
    }

    [Fact]
    public void ManyWordsAreRefusedToo()
    {
        foreach (var words in HostileText.All.Chunk(100))
        {
            Check(_commands.Run([.. words]), words[0]);
            Check(_commands.Run(["top", .. words]), words[0]);
        }
    }

    // Each place is a command line whose last word takes the text: "" is replaced by it, "--flag=" continued.
    private static IEnumerable<string[]> Places() => Places(CommandLine.Build(new RecordedCommands(), new Surroundings(new Dictionary<string, string>())), []);

    private static IEnumerable<string[]> Places(Command command, string[] path)
    {
        yield return [.. path, ""];
        yield return [.. path, "--"];
        foreach (var option in command.Options.Where(option => option.Arity.MaximumNumberOfValues > 0 && WritesNowhere(option)))
        {
            yield return [.. path, option.Name, ""];
            yield return [.. path, option.Name + "="];
        }

        foreach (var place in command.Subcommands.SelectMany(child => Places(child, [.. path, child.Name])))
            yield return place;
    }

    // The one that makes files, wherever it is told to.
    private static bool WritesNowhere(Option option) => option.Name != "--directory";

    private void Try(string[] place, string text) =>
        Check(_commands.Run([.. place[..^1], .. place[^1] == "--" ? [place[^1], text] : new[] { place[^1] + text }]), string.Join(' ', place) + text);

    private void Check(int code, string line)
    {
        if (code is not (ExitCode.Success or ExitCode.Usage) || (code == ExitCode.Usage) != _commands.Error.Length > 0)
            Assert.Fail($"{Shown(line)}: exit code {code}, '{Shown(_commands.Error)}'");
        // Where there is a mistake, there are no data.
        if (code == ExitCode.Usage)
            Assert.Empty(_commands.Output);
        if ((HostileText.FirstSteered(_commands.Error) ?? HostileText.FirstSteered(_commands.Output)) is { } steered)
            Assert.Fail($"{Shown(line)}: {Shown(steered)}");
        Assert.All(_commands.Error.Split('\n'), each => Assert.InRange(each.Length, 0, LongestLine));
    }

    private static string Shown(string text) => Text.Printable(text[..Math.Min(text.Length, 200)]);
}
