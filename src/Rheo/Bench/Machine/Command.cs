using System.Diagnostics;
using Rheo.Bench.Interop;

namespace Rheo.Bench.Machine;

/// <summary>Other programs: run to their end, or started and stopped.</summary>
internal static class Command
{
    private static readonly TimeSpan UsualLimit = TimeSpan.FromMinutes(5);

    /// <summary>Runs a program to its end and returns what it printed to stdout.</summary>
    /// <exception cref="BenchException">It could not be started, took too long, or ended with another code than 0.</exception>
    public static string Run(params string[] words) => Run(UsualLimit, words);

    /// <inheritdoc cref="Run(string[])"/>
    public static string Run(TimeSpan limit, params string[] words)
    {
        using var running = Start(words, keepOutput: true);
        var output = running.StandardOutput.ReadToEndAsync();
        var errors = running.StandardError.ReadToEndAsync();
        if (!running.WaitForExit(limit))
        {
            running.Kill();
            throw new BenchException($"`{string.Join(' ', words)}` did not end within {limit}");
        }

        if (running.ExitCode != 0)
            throw new BenchException($"`{string.Join(' ', words)}` ended with {running.ExitCode}: {errors.Result}{output.Result}".Trim());
        return output.Result;
    }

    /// <summary>Starts a program; its stdout goes to nowhere unless it is wanted. It ends with us, whatever happens.</summary>
    public static Process Start(IReadOnlyList<string> words, bool keepOutput = false)
    {
        // A pipe that nobody reads would stop the program; /dev/null is opened by a shell, then replaced by the program.
        string[] shell = keepOutput ? [] : ["sh", "-c", "exec \"$@\" >/dev/null", "sh"];
        string[] all = ["setpriv", "--pdeathsig", "KILL", .. shell, .. words];
        var start = new ProcessStartInfo(all[0], all[1..]) { RedirectStandardOutput = keepOutput, RedirectStandardError = true };
        return Process.Start(start) ?? throw new BenchException($"`{words[0]}` could not be started");
    }

    /// <summary>Asks a program to end, and makes it end if it does not within five seconds.</summary>
    public static void Stop(Process running, int signal = Libc.SIGTERM)
    {
        if (running.HasExited)
            return;
        _ = Libc.kill(running.Id, signal);
        if (running.WaitForExit(TimeSpan.FromSeconds(5)))
            return;
        running.Kill();
        running.WaitForExit();
    }

    /// <summary>Waits until something is so.</summary>
    /// <exception cref="BenchException">It did not come to be so in time.</exception>
    public static void Await(string what, Func<bool> isSo, TimeSpan? within = null)
    {
        var end = Clock.NowNs + (long)(within ?? TimeSpan.FromSeconds(10)).TotalNanoseconds;
        while (!isSo())
        {
            if (Clock.NowNs > end)
                throw new BenchException($"{what} took too long");
            Clock.Sleep(TimeSpan.FromMilliseconds(5));
        }
    }
}
