using Rheo.Agent;
using Rheo.Capture;
using Xunit;

namespace Rheo.Tests.Agent;

/// <summary>The optional kernel objects, as far as no kernel is needed: what is missing is told once, and hurts nobody else.</summary>
public sealed class PartTests
{
    [Fact]
    public void APartThatWasHandedOverInPiecesIsLeftOutWithOneWarning()
    {
        using var parts = PartReaders.Read(["drop"], [new HandedObject("drop", new Dictionary<string, int>())]);
        parts.Drain();
        parts.Scan(1);

        Assert.Equal(new PartState("drop", IsLoaded: false), Assert.Single(parts.States));
        Assert.Contains("without the drop object, dropped packets are not shown: ", Assert.Single(parts.Warnings), StringComparison.Ordinal);
        Assert.Null(parts.Get<DropCapture>());
    }

    [Fact]
    public void APartThatWasNotHandedOverIsNotAtWorkAndItsLoaderHasSaidWhy()
    {
        using var parts = PartReaders.Read(["drop"], []);

        Assert.False(Assert.Single(parts.States).IsLoaded);
        Assert.Empty(parts.Warnings);
    }

    [Fact]
    public void ThereIsAPartForEachName() => Assert.Equal(OptionalParts.All, PartReaders.Read(OptionalParts.All, []).States.Select(part => part.Name));

    [Fact]
    public void WhatSeveralSayIsOneListThatOnlyGrows()
    {
        List<string> first = ["a"], second = [];
        var log = new WarningLog(() => first, () => second);

        Assert.Equal(["a"], log.Lines);
        second.Add("b");
        Assert.Equal(["a", "b"], log.Lines);
        first.Add("c");
        Assert.Equal(["a", "b", "c"], log.Lines);
    }

    [Fact]
    public void AnObjectCrossesByItsNamesInWhateverOrder()
    {
        var handed = new HandedObject("drop", new Dictionary<string, int> { ["rings"] = 7, ["table"] = 3 }) { Facts = new Dictionary<string, string> { ["2"] = "TWO" } };
        var news = WardenJson.Read(WardenJson.Write(new WardenNews { Handed = HandedNews.Of(handed) })).Handed!;

        var again = news.With([107, 103]);

        Assert.Equal(("drop", 107, 103, "TWO"), (again.Name, again.Descriptors["rings"], again.Descriptors["table"], again.Facts["2"]));
    }
}
