using System.Runtime.InteropServices;
using System.Text;
using Rheo.Warden.Interop;
using static Rheo.Warden.Interop.ProcessCalls;

namespace Rheo.Warden;

/// <summary>Starting programs: ourselves again, as another process or in this one's place.</summary>
internal static unsafe class Spawn
{
    /// <summary>The descriptor at which the core finds its channel.</summary>
    internal const int ChannelDescriptor = 3;

    // posix_spawn_file_actions_t has 80 bytes in glibc and 272 in musl.
    private const int ActionsSize = 512;

    /// <summary>This very program, also when its file was replaced or renamed since.</summary>
    internal const string Self = "/proc/self/exe";

    /// <summary>The words that start this program, without its arguments: under <c>dotnet run</c> the assembly is one of them.</summary>
    internal static string[] Words =>
        Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? [path, Path.Combine(AppContext.BaseDirectory, "rheo.dll")] : [Environment.ProcessPath ?? "rheo"];

    /// <summary>Starts a process of this program, with the calling thread's rights, the channel, and our standard streams.</summary>
    /// <exception cref="IOException">It could not be started.</exception>
    internal static int Start(string[] words, int channel) => Start(Self, words, [], channel);

    /// <summary>Starts a process of any program, with the calling thread's rights and our standard streams.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="words">Its name and arguments.</param>
    /// <param name="variables">More variables than ours: <c>NAME=VALUE</c>.</param>
    /// <param name="channel">What it finds at <see cref="ChannelDescriptor"/>, if anything.</param>
    /// <exception cref="IOException">It could not be started.</exception>
    internal static int Start(string program, string[] words, string[] variables, int? channel = null)
    {
        var actions = stackalloc byte[ActionsSize];
        var arguments = new NativeStrings(words);
        var environment = new NativeStrings([.. Environ(), .. variables]);
        using (arguments)
        using (environment)
        {
            _ = posix_spawn_file_actions_init(actions);
            if (channel is { } end)
                _ = posix_spawn_file_actions_adddup2(actions, end, ChannelDescriptor);
            int process;
            // SAFETY: the lists of strings end with null and live until they are disposed of, after the call.
            fixed (byte* path = Encoding.UTF8.GetBytes(program + "\0"))
            {
                var errno = posix_spawn(&process, path, actions, null, arguments.Pointer, environment.Pointer);
                _ = posix_spawn_file_actions_destroy(actions);
                return errno == 0 ? process : throw new IOException($"cannot start {words[0]}: {Marshal.GetPInvokeErrorMessage(errno)}");
            }
        }
    }

    /// <summary>Who started this process.</summary>
    internal static int Parent => getppid();

    /// <summary>What <c>ps</c> and <c>top</c> show of the core's main thread; it was started by another name than its own.</summary>
    internal static void NameCore()
    {
        fixed (byte* name = "rheo-core\0"u8)
            _ = prctl(PR_SET_NAME, (nuint)name, 0, 0, 0);
    }

    /// <summary>Ends this process, whatever its threads do.</summary>
    internal static void EndAtOnce() => _exit(ExitCode.Failure);

    /// <summary>Our environment: <c>NAME=VALUE</c>.</summary>
    internal static string[] Environ()
    {
        var all = new List<string>();
        foreach (System.Collections.DictionaryEntry pair in Environment.GetEnvironmentVariables())
            all.Add($"{pair.Key}={pair.Value}");
        return [.. all];
    }
}
