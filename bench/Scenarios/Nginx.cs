using System.Diagnostics;
using Rheo.Bench.Interop;
using Rheo.Bench.Machine;
using Rheo.Bench.Traffic;

namespace Rheo.Bench.Scenarios;

/// <summary>An nginx of our own: one process, its files in a folder of its own, one small page.</summary>
internal sealed class Nginx : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rheo-bench-nginx-").FullName;
    private readonly Process _running;

    public Nginx(NetworkNamespace home)
    {
        File.WriteAllText(Path.Combine(_folder, "index.html"), new string('r', 1024));
        var configuration = Path.Combine(_folder, "nginx.conf");
        File.WriteAllText(configuration, Configuration());
        _running = Command.Start(home.Inside(
            "taskset", "--cpu-list", $"{Core.Receiver}", "nginx", "-p", _folder, "-c", configuration, "-e", "stderr"));
        Command.Await("nginx", () => home.Shell("ss -Hltn sport = :80").Length > 0);
    }

    public void Dispose()
    {
        Command.Stop(_running, Libc.SIGTERM);
        _running.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Configuration() => $$"""
        daemon off;
        master_process off;
        user root;
        pid {{_folder}}/pid;
        error_log stderr crit;
        events { worker_connections 1024; }
        http {
            access_log off;
            keepalive_requests 1000000000;
            client_body_temp_path {{_folder}}/body;
            proxy_temp_path {{_folder}}/proxy;
            fastcgi_temp_path {{_folder}}/fastcgi;
            uwsgi_temp_path {{_folder}}/uwsgi;
            scgi_temp_path {{_folder}}/scgi;
            server { listen 80; root {{_folder}}; }
        }
        """;
}
