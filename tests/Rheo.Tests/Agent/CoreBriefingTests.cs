using Rheo.Agent;
using Rheo.Warden;
using Xunit;

namespace Rheo.Tests.Agent;

/// <summary>What a core is told goes through the channel however much it is: a message that does not fit would end it.</summary>
public sealed class CoreBriefingTests
{
    [Fact]
    public void WhatHundredsOfForeignProgramsAreFitsIntoTheChannelPieceByPiece()
    {
        var present = Enumerable.Range(0, 1000).Select(at => new Interference(
            $"lxc{at:x12}", InterferenceKind.TcxBefore,
            $"lxc{at:x12} ingress: tcx program cil_from_container (id {at}) sees packets before us; what it drops or redirects is not counted")).ToList();
        var news = new WardenNews
        {
            Warnings = [.. present.Select(one => one.Message), new string('"', 100_000)],
            Interference = new InterferenceState { Present = present, Noticed = [1, 2, 3], Reattached = 4 },
            IsAttaching = false,
        };

        var pieces = CoreBriefing.Pieces(news).Select(WardenJson.Write).ToList();

        Assert.All(pieces, piece => Assert.InRange(piece.Length, 1, Channel.MaxMessage));
        var heard = pieces.Select(piece => WardenJson.Read(piece)).ToList();
        Assert.Equal(present, heard.SelectMany(piece => piece.InTheWay ?? []));
        Assert.Equal(1001, heard.Sum(piece => piece.Warnings?.Count ?? 0));
        Assert.Equal((4UL, 3, false), (heard[^1].Interference!.Reattached, heard[^1].Interference!.Noticed.Count, heard[^1].IsAttaching));
        Assert.All(heard[..^1], piece => Assert.Null(piece.Interference));
    }
}
