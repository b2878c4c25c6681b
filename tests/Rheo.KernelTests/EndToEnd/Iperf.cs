using System.Diagnostics;
using System.Text.Json;
using Rheo.KernelTests.Links;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>A stream of iperf3 between two namespaces.</summary>
internal static class Iperf
{
    internal const int Port = 5201;

    /// <summary>Sends so much to the server and returns the bytes that arrived.</summary>
    internal static long Send(TestNamespace client, TestNamespace server, string address, string amount)
    {
        using var listener = Process.Start(new ProcessStartInfo("ip", ["netns", "exec", server.Name, "iperf3", "-s", "-1", "--forceflush"])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            while (listener.StandardOutput.ReadLine() is { } line && !line.StartsWith("Server listening", StringComparison.Ordinal))
            {
            }

            using var report = JsonDocument.Parse(client.Execute($"iperf3 -c {address} -n {amount} -J"));
            return report.RootElement.GetProperty("end").GetProperty("sum_received").GetProperty("bytes").GetInt64();
        }
        finally
        {
            listener.Kill();
            listener.WaitForExit();
        }
    }
}
