using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rheo.KernelTests.Links;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>Every expression of the alert rules and of the dashboard, asked of a real Prometheus that scraped a real agent.</summary>
public sealed partial class PrometheusTests
{
    private const string Prometheus = "/usr/bin/prometheus";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(40);
    private static readonly string s_root = FindRoot();

    [RootFact]
    public void EveryExpressionOfRulesAndDashboardHasAnAnswer()
    {
        Assert.SkipUnless(File.Exists(Prometheus), "prometheus (Debian's package) is not installed");
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        using var agent = RheoProcess.StartAgent(host, "--sample-interval", "2s");
        var folder = Directory.CreateTempSubdirectory("rheo-prometheus-");
        using var prometheus = Start(host, folder.FullName);
        try
        {
            host.Run(Refuse);
            // Until the agent has sampled its programs twice; meanwhile there is something to count.
            var watch = Stopwatch.StartNew();
            while (Ask(host, "rheo_bpf_sampled_seconds_total > 2 and on (job) count_over_time(up[10s]) > 7") == 0 && watch.Elapsed < s_patience)
            {
                host.Run(Connect);
                other.Ping("10.9.9.1", 1);
            }

            Assert.All(DashboardExpressions(), expression => Assert.True(Ask(host, expression) > 0, "no answer: " + expression));
            Assert.All(MetricsOfRules(), metric => Assert.True(Ask(host, $"count({metric})") > 0, "not scraped: " + metric));
            ExpectRulesAtWork(host);
        }
        finally
        {
            prometheus.Kill();
            prometheus.WaitForExit();
            folder.Delete(recursive: true);
        }
    }

    private static void ExpectRulesAtWork(TestNamespace host)
    {
        using var answer = Get(host, "/api/v1/rules");
        var rules = answer.RootElement.GetProperty("data").GetProperty("groups").EnumerateArray().SelectMany(group => group.GetProperty("rules").EnumerateArray()).ToList();
        Assert.InRange(rules.Count, 10, 100);
        Assert.All(rules, rule => Assert.Equal("ok", rule.GetProperty("health").GetString()));
        Assert.All(rules, rule => Assert.Equal("inactive", rule.GetProperty("state").GetString()));
    }

    private static List<string> DashboardExpressions()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(s_root, "deploy/grafana/rheo.json")));
        return [.. dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => Filled(target.GetProperty("expr").GetString()!))];
    }

    // What Grafana puts in place of its variables.
    private static string Filled(string expression) => expression
        .Replace("$job", "rheo", StringComparison.Ordinal)
        .Replace("$instance", ".*", StringComparison.Ordinal)
        .Replace("$__rate_interval", "10s", StringComparison.Ordinal);

    private static IEnumerable<string> MetricsOfRules() =>
        MetricName().Matches(File.ReadAllText(Path.Combine(s_root, "deploy/prometheus/rheo.rules.yml"))).Select(match => match.Value)
            .Where(name => name != "rheo_flow_gone_packets_total") // only there once an interface has gone
            .Distinct();

    /// <summary>How many series an expression gives.</summary>
    private static int Ask(TestNamespace host, string expression)
    {
        using var answer = Get(host, "/api/v1/query?query=" + Uri.EscapeDataString(expression));
        return answer?.RootElement.GetProperty("data").GetProperty("result").GetArrayLength() ?? 0;
    }

    private static JsonDocument Get(TestNamespace host, string path)
    {
        // It refuses with 503 until it is ready: that body is none of the answer (--fail).
        return JsonDocument.Parse(host.Execute("curl -s --fail --retry 40 --retry-connrefused --retry-delay 1 http://127.0.0.1:9090" + path));
    }

    private static void Connect()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        client.Connect((IPEndPoint)listener.LocalEndpoint);
        client.GetStream().Write("hello"u8);
        using var server = listener.AcceptTcpClient();
        Thread.Sleep(200);
    }

    // One connect that fails: its reason has a series from then on.
    private static void Refuse()
    {
        using var client = new TcpClient();
        Assert.Throws<SocketException>(() => client.Connect(IPAddress.Loopback, 1));
    }

    private static Process Start(TestNamespace host, string folder)
    {
        File.WriteAllText(Path.Combine(folder, "prometheus.yml"), $$"""
            global: { scrape_interval: 1s, evaluation_interval: 1s }
            rule_files: [ {{s_root}}/deploy/prometheus/rheo.rules.yml ]
            scrape_configs:
              - job_name: rheo
                static_configs: [ { targets: ['127.0.0.1:9460'] } ]
            """);
        return Process.Start(new ProcessStartInfo("ip",
        [
            "netns", "exec", host.Name, Prometheus, $"--config.file={folder}/prometheus.yml", $"--storage.tsdb.path={folder}/data", "--web.listen-address=127.0.0.1:9090",
        ])
        { RedirectStandardError = true, RedirectStandardOutput = true })!;
    }

    [GeneratedRegex(@"\brheo_[a-z_]+[a-z](?=[\s{\[)|""])")]
    private static partial Regex MetricName();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Rheo.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run inside the source tree only.");
        return folder.FullName;
    }
}
