using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Rheo.KernelTests.Links;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>One reading of an agent's /metrics.</summary>
internal sealed class MetricsPage
{
    private readonly string[] _lines;

    private MetricsPage(string text) => _lines = text.Split('\n');

    /// <summary>Series on the page.</summary>
    internal int Series => _lines.Count(line => NameOf(line).StartsWith("rheo_", StringComparison.Ordinal) || NameOf(line).StartsWith("network_", StringComparison.Ordinal));

    /// <summary>Characters on the page, with what HTTP puts before it.</summary>
    internal int Length => _lines.Sum(line => line.Length + 1);

    internal static MetricsPage Read(TestNamespace space, int port) => new(space.Run(() => Get(port, "/metrics")));

    /// <summary>The sum of a family's series that have all these label values.</summary>
    internal ulong Sum(string family, params string[] labelValues)
    {
        var sum = 0UL;
        foreach (var line in _lines)
        {
            if (NameOf(line) == family && labelValues.All(value => line.Contains($"\"{value}\"", StringComparison.Ordinal)))
                sum += (ulong)double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
        }

        return sum;
    }

    /// <summary>Whether there is any series of a family that has all these label values.</summary>
    internal bool Has(string family, params string[] labelValues) =>
        _lines.Any(line => NameOf(line) == family && labelValues.All(value => line.Contains($"\"{value}\"", StringComparison.Ordinal)));

    private static string NameOf(string line) => line[..Math.Max(0, line.AsSpan().IndexOfAny('{', ' '))];

    // On this thread, which is in the namespace; an HttpClient would connect on another.
    internal static string Get(int port, string path)
    {
        using var client = new TcpClient();
        client.Connect("127.0.0.1", port);
        using var stream = client.GetStream();
        stream.Write(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n"));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
