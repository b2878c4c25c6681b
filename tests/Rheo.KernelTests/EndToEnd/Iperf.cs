using System.Diagnostics;
using Rheo.KernelTests.Links;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>A stream of iperf3 between two namespaces.</summary>
internal static class Iperf
{
    internal const int Port = 5201;

    /// <summary>Sends so much to the server.</summary>
    internal static void Send(TestNamespace client, TestNamespace server, string address, string amount)
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

            client.Execute($"iperf3 -c {address} -n {amount}");
        }
        finally
        {
            listener.Kill();
            listener.WaitForExit();
        }
    }
}
