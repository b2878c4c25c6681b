using System.Diagnostics;
using System.Net;
using Xunit;

namespace Rheo.KernelTests.Owners;

/// <summary>Another process with sockets (actor.py), in a namespace of its own if that is asked for.</summary>
internal sealed class Actor : IDisposable
{
    private readonly Process _process;
    private readonly Dictionary<string, string> _said = [];

    private Actor(Process process) => _process = process;

    /// <summary>Number of the process itself.</summary>
    internal int Pid => int.Parse(Said("self"));

    /// <summary>Number of its child.</summary>
    internal int Child => int.Parse(Said("child"));

    internal int Port => int.Parse(Said("port"));

    internal IPEndPoint Local => End("local");

    internal IPEndPoint Remote => End("remote");

    /// <summary>This end of the connection that it had before it was told to go on.</summary>
    internal IPEndPoint First => End("first");

    internal static Actor Start(string act, params string[] arguments) => Start(null, act, arguments);

    internal static Actor StartIn(string space, string act, params string[] arguments) => Start(space, act, arguments);

    /// <summary>Lets it do what it waits with.</summary>
    internal void GoOn() => _process.StandardInput.WriteLine();

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5000))
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static Actor Start(string? space, string act, string[] arguments)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "needs python3");
        string[] words = [.. space is null ? [] : (string[])["ip", "netns", "exec", space], "/usr/bin/python3", Script, act, .. arguments];
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        return new Actor(Process.Start(start)!);
    }

    private static string Script => Path.Combine(AppContext.BaseDirectory, "Owners", "actor.py");

    private IPEndPoint End(string key)
    {
        var words = Said(key).Split(' ');
        return new IPEndPoint(IPAddress.Parse(words[0]), int.Parse(words[1]));
    }

    private string Said(string key)
    {
        if (key == "self")
            return _process.Id.ToString();
        while (!_said.ContainsKey(key))
        {
            var line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"the process ended without a word of {key}");
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            _said[line[..space]] = line[(space + 1)..];
        }

        return _said[key];
    }
}
