using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Rheo.Warden.Interop;

namespace Rheo.Warden;

/// <summary>
/// A thread that waits for the next version of this program, and begins it in this process's place (execve(2)). A program begins with its
/// thread's rights at most, where nobody may gain any (no_new_privs): so this thread keeps in reserve, not in force, what a start needs
/// and the running does not. Threads: any may ask.
/// </summary>
internal sealed unsafe class Successor : IDisposable
{
    /// <summary>The exit code by which a rehearsal says that it could do it; no other program ends with it by chance.</summary>
    internal const int CanDoIt = 76;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly BlockingCollection<(Action Act, TaskCompletionSource Done)> _requests = [];
    private readonly Thread _thread;

    private Successor(ulong reserve)
    {
        _thread = new Thread(() => Run(reserve)) { IsBackground = true, Name = "successor" };
        _thread.Start();
    }

    /// <summary>Makes the thread. To be called while all rights are there; they are reduced when this returns.</summary>
    /// <param name="reserve">The capabilities that it keeps, as far as it has them.</param>
    /// <exception cref="IOException">The kernel refused to take the others.</exception>
    internal static Successor Create(ulong reserve)
    {
        var successor = new Successor(reserve);
        successor.Ask(() => { }); // its first answer comes after the rights are reduced
        return successor;
    }

    /// <summary>
    /// From now on such a thread hears SIGHUP, and neither the calling thread nor those that it begins: the verifier stops at any signal to
    /// who loads a program, and who is asked to reload again and again would never load anything. To be called before anything is loaded.
    /// </summary>
    internal static void HearHangupsAlone() => Hangups(ProcessCalls.SIG_BLOCK);

    /// <summary>Has the program that stands at our path now try whether it could take over.</summary>
    /// <param name="words">Its words, the path first.</param>
    /// <param name="variable">One more variable for its environment.</param>
    /// <exception cref="IOException">It could not, or there is none.</exception>
    internal void Rehearse(string[] words, string variable) => Ask(() =>
    {
        var process = Spawn.Start(words[0], words, [variable]);
        var end = CoreProcess.Await(process, Patience);
        if (end is not { Signal: 0, Code: CanDoIt })
            throw new IOException($"the program at {words[0]} cannot take over: it {end}");
    });

    /// <summary>Begins it in our place. Returns only by the exception.</summary>
    /// <exception cref="IOException">The kernel refused, and all is as it was.</exception>
    internal void Become(string[] words, string variable) => Ask(() =>
    {
        using var arguments = new NativeStrings(words);
        using var environment = new NativeStrings([.. Spawn.Environ(), variable]);
        // Who asks twice must not end what has just begun and does not listen yet, and who asks for a reload is heard once it does.
        var before = ProcessCalls.signal(ProcessCalls.SIGUSR2, ProcessCalls.SIG_IGN);
        Hangups(ProcessCalls.SIG_BLOCK);
        // SAFETY: the strings end with zero, the lists with null, and live until the call returns.
        _ = ProcessCalls.execve(arguments.Pointer[0], arguments.Pointer, environment.Pointer);
        var reason = Marshal.GetLastPInvokeErrorMessage();
        _ = ProcessCalls.signal(ProcessCalls.SIGUSR2, before);
        Hangups(ProcessCalls.SIG_UNBLOCK);
        throw new IOException($"cannot begin {words[0]}: {reason}");
    });

    /// <summary>The signal that asks for it is not ignored any more: .NET leaves ignored signals alone. To be called right before it is listened to.</summary>
    internal static void HearSignal() => _ = ProcessCalls.signal(ProcessCalls.SIGUSR2, ProcessCalls.SIG_DFL);

    public void Dispose()
    {
        _requests.CompleteAdding();
        _thread.Join();
        _requests.Dispose();
    }

    // Whether the calling thread takes them now or never; what begins in its place goes on as it did.
    private static void Hangups(int how)
    {
        const int Words = 16; // sigset_t: 1,024 bits in each C library
        var set = stackalloc ulong[Words];
        new Span<ulong>(set, Words).Clear();
        set[0] = 1UL << (ProcessCalls.SIGHUP - 1);
        // SAFETY: the set lives on this stack, and has the size that the C library reads.
        _ = ProcessCalls.pthread_sigmask(how, set, null);
    }

    private void Ask(Action act)
    {
        var done = new TaskCompletionSource();
        _requests.Add((act, done));
        done.Task.GetAwaiter().GetResult();
    }

    private void Run(ulong reserve)
    {
        Hangups(ProcessCalls.SIG_UNBLOCK); // those that wait already, too; this thread has the time
        Exception? refused = null;
        try
        {
            ThreadRights.Reserve(reserve);
        }
        catch (IOException refusal)
        {
            refused = refusal;
        }

        foreach (var (act, done) in _requests.GetConsumingEnumerable())
        {
            try
            {
                if (refused is not null)
                    throw refused;
                act();
                done.SetResult();
            }
            catch (IOException failure)
            {
                done.SetException(failure);
            }
        }
    }
}
