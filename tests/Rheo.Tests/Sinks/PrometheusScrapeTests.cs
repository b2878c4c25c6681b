using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Rheo.Tests.Agent;
using Xunit;

namespace Rheo.Tests.Sinks;

public sealed class PrometheusScrapeTests
{
    private const string Prometheus = "/usr/bin/prometheus";

    [Fact]
    public async Task ARealPrometheusScrapesTheAgent()
    {
        Assert.SkipUnless(File.Exists(Prometheus), "prometheus (Debian's package) is not installed");
        using var agent = new RunningAgent((source, round) =>
        {
            if (round == 0)
                source.Talk(1001, 7);
        });
        var folder = Directory.CreateTempSubdirectory("rheo-prometheus-");
        var address = $"127.0.0.1:{FreePort()}";
        using var prometheus = Start(folder.FullName, address, agent.Client.BaseAddress!.Authority);
        try
        {
            Assert.Equal("700", await Query(address, "network_flow_io_bytes_total{network_interface_name=\"eth0\"}"));
            Assert.Equal("1", await Query(address, "up"));
            Assert.Equal("0", await Query(address, "rheo_lost_packets_total{stage=\"flow_ring\"}"));
        }
        finally
        {
            prometheus.Kill();
            prometheus.WaitForExit();
            folder.Delete(recursive: true);
        }
    }

    private static Process Start(string folder, string address, string target)
    {
        File.WriteAllText(Path.Combine(folder, "prometheus.yml"), $"""
            global: {"{"} scrape_interval: 1s {"}"}
            scrape_configs:
              - job_name: rheo
                static_configs: [ {"{"} targets: ['{target}'] {"}"} ]
            """);
        return Process.Start(new ProcessStartInfo(Prometheus,
        [
            $"--config.file={folder}/prometheus.yml", $"--storage.tsdb.path={folder}/data", $"--web.listen-address={address}",
        ])
        { RedirectStandardError = true, RedirectStandardOutput = true })!;
    }

    private static async Task<string?> Query(string address, string query)
    {
        using var client = new HttpClient();
        for (var attempt = 0; attempt < 120; attempt++)
        {
            if (await TryQuery(client, $"http://{address}/api/v1/query?query={Uri.EscapeDataString(query)}") is { } value)
                return value;
            await Task.Delay(250);
        }

        return null;
    }

    private static async Task<string?> TryQuery(HttpClient client, string url)
    {
        try
        {
            var result = JsonDocument.Parse(await client.GetStringAsync(url)).RootElement.GetProperty("data").GetProperty("result");
            return result.GetArrayLength() == 0 ? null : result[0].GetProperty("value")[1].GetString();
        }
        catch (HttpRequestException)
        {
            return null; // not listening yet
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
