using System.Collections.Concurrent;

namespace Rheo.Warden;

/// <summary>
/// A thread that has given up everything the core must not have, and starts cores: each is born without, and there is no moment in which
/// it could do more. The rest of the warden needs no right to change users then. Threads: any may ask.
/// </summary>
internal sealed class CoreLauncher : IDisposable
{
    private readonly BlockingCollection<Request> _requests = [];
    private readonly TaskCompletionSource _ready = new();
    private readonly Thread _thread;

    private CoreLauncher(CoreUser user)
    {
        _thread = new Thread(() => Run(user)) { IsBackground = true, Name = "launcher" };
        _thread.Start();
    }

    /// <summary>Makes the thread; it has no rights any more when this returns.</summary>
    /// <exception cref="IOException">The kernel refused to take them.</exception>
    internal static CoreLauncher Create(CoreUser user)
    {
        var launcher = new CoreLauncher(user);
        launcher._ready.Task.GetAwaiter().GetResult();
        return launcher;
    }

    /// <summary>Starts a core.</summary>
    /// <param name="arguments">Its arguments, without the program's name.</param>
    /// <param name="channel">Its end of the channel; it stays the caller's, too.</param>
    /// <returns>The number of its process.</returns>
    /// <exception cref="IOException">It could not be started.</exception>
    internal int Start(string[] arguments, Channel channel)
    {
        var request = new Request([.. Spawn.Words, .. arguments], channel.Descriptor, new TaskCompletionSource<int>());
        _requests.Add(request);
        return request.Process.Task.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        _requests.CompleteAdding();
        _thread.Join();
        _requests.Dispose();
    }

    private void Run(CoreUser user)
    {
        try
        {
            ThreadRights.GiveUpAll(user);
            _ready.SetResult();
        }
        catch (IOException refused)
        {
            _ready.SetException(refused);
            return;
        }

        foreach (var request in _requests.GetConsumingEnumerable())
            Answer(request);
    }

    private static void Answer(Request request)
    {
        try
        {
            request.Process.SetResult(Spawn.Start(request.Words, request.Channel));
        }
        catch (IOException refused)
        {
            request.Process.SetException(refused);
        }
    }

    private sealed record Request(string[] Words, int Channel, TaskCompletionSource<int> Process);
}
