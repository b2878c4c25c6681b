using System.Globalization;
using System.Text.RegularExpressions;
using Rheo.KernelTests.Links;

namespace Rheo.KernelTests.Connections;

/// <summary>What <c>ss -ti</c> says of one connection: the judge.</summary>
internal sealed partial class SocketStatistics
{
    private readonly string _text;

    private SocketStatistics(string text) => _text = text;

    internal int Retransmits => Retrans().Match(_text) is { Success: true } found ? int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture) : 0;

    internal double RttMilliseconds => Number(Rtt());

    internal double RttVarianceMilliseconds => Number(RttVariance());

    internal ulong BytesAcked => (ulong)Number(Acked());

    internal int CongestionWindow => (int)Number(Cwnd());

    /// <summary>Reads the connections to a port, seen from a namespace.</summary>
    internal static SocketStatistics To(TestNamespace space, int port) => new(space.Execute($"ss -tinH dport = :{port}"));

    private double Number(Regex what) => what.Match(_text) is { Success: true } found ? double.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\bretrans:\d+/(\d+)")]
    private static partial Regex Retrans();

    [GeneratedRegex(@"\brtt:([\d.]+)/")]
    private static partial Regex Rtt();

    [GeneratedRegex(@"\brtt:[\d.]+/([\d.]+)")]
    private static partial Regex RttVariance();

    [GeneratedRegex(@"\bbytes_acked:(\d+)")]
    private static partial Regex Acked();

    [GeneratedRegex(@"\bcwnd:(\d+)")]
    private static partial Regex Cwnd();
}
