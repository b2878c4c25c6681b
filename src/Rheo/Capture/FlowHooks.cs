using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>
/// The privileged half of the capture: the programs loaded, and attached to every interface that is wanted. Reading what they count is
/// <see cref="FlowCapture"/>'s, in this process or in another that gets the objects <see cref="Handed"/>.
/// Threads: one, beside the one that waits for rtnetlink. Kernel: 5.10 or newer with BTF; CAP_BPF, CAP_PERFMON and CAP_NET_ADMIN.
/// </summary>
public sealed class FlowHooks : IDisposable
{
    private readonly FlowObjects _objects;
    private readonly Interfaces _interfaces;
    private volatile Action _wake = () => { };

    private FlowHooks(FlowObjects objects, CaptureOptions options, Action<InterfaceNews> tell, bool goesOn, Action? threadBegins)
    {
        _objects = objects;
        _interfaces = new(objects, new NamePatterns(options.Interfaces, options.Exclude), () => _wake(), tell, options.SampleInterval, goesOn, threadBegins);
    }

    /// <summary>What a reader needs: descriptors that stay this object's own.</summary>
    public HandedObject Handed => FlowKernel.Hand(_objects.Main);

    /// <summary>Lines for people: what could not be done, or was found amiss. Only grows.</summary>
    public IReadOnlyList<string> Warnings => _interfaces.Warnings;

    /// <summary>The maps are those of the version before: a reader needs to know what that one had read.</summary>
    public bool SharesMaps => _objects.SharesMaps;

    /// <summary>More interfaces are there than are attached yet.</summary>
    public bool IsAttaching => _interfaces.IsAttaching;

    /// <summary>All that is to be told of what is watched now, to one who did not listen so far.</summary>
    public IEnumerable<InterfaceNews> Everything => _interfaces.Everything();

    /// <summary>What others have put in our way.</summary>
    public InterferenceState Interference => _interfaces.Interference;

    /// <summary>What the programs cost.</summary>
    public ProgramSample Sample => _interfaces.Sample;

    internal IInterfaces Interfaces => _interfaces;

    /// <summary>What this object leaves to the next version of the program. Its descriptors stay this object's own.</summary>
    public FlowInheritance Inheritance => FlowObject.Leave(_objects.Main, _interfaces.Links);

    /// <summary>Loads the programs and attaches them.</summary>
    /// <param name="options">What to watch.</param>
    /// <param name="tell">Is told of each interface that is watched, changes or goes, on the calling thread of <see cref="Apply"/>.</param>
    /// <param name="before">What the version before has left in this process: taken over, so that each packet meets one of the two.</param>
    /// <param name="threadBegins">Is called first on the thread that waits for rtnetlink, which needs no capability.</param>
    /// <exception cref="MissingSupportException">The kernel or our rights do not suffice; the message says what would.</exception>
    /// <exception cref="UnknownInterfaceException">An interface asked for by name is not there, and nobody was before.</exception>
    public static FlowHooks Open(
        CaptureOptions options, Action<InterfaceNews>? tell = null, FlowInheritance? before = null, Action? threadBegins = null)
    {
        FlowObjects? objects = null;
        try
        {
            objects = new FlowObjects(options.TableEntries, options.AsFilters, before);
            objects.Main.Programs.ReadClock.TestRun(new byte[64]); // for a reader that may not: see KernelTime
            var hooks = new FlowHooks(objects, options, tell ?? (_ => { }), goesOn: before is not null, threadBegins);
            var isToWait = options.Interfaces.Count > 0 && hooks.Warnings.Count == 0; // those that a pattern means may come later
            if (hooks._interfaces.Attached.Count > 0 || isToWait || before is not null)
                return hooks;
            using (hooks)
                throw new MissingSupportException(string.Join("; ", hooks.Warnings.DefaultIfEmpty("there is no interface to watch")));
        }
        catch (BpfException refused)
        {
            objects?.Dispose();
            throw new MissingSupportException(refused.Message, refused);
        }
        catch (UnknownInterfaceException)
        {
            objects?.Dispose();
            throw;
        }
    }

    /// <summary>Tries whether this version could take over, without touching what is attached.</summary>
    /// <exception cref="MissingSupportException">It could not; the message says why.</exception>
    public static void Rehearse(CaptureOptions options, FlowInheritance before)
    {
        try
        {
            using var objects = new FlowObjects(options.TableEntries, options.AsFilters, before with { Links = [] });
            objects.Main.Programs.ReadClock.TestRun(new byte[64]);
        }
        catch (BpfException refused)
        {
            throw new MissingSupportException(refused.Message, refused);
        }
    }

    /// <summary>Whom to wake when there is something to <see cref="Apply"/>.</summary>
    public void WakeBy(Action wake) => _wake = wake;

    /// <summary>Attaches what has come and lets go of what has gone, as much as its time allows.</summary>
    public void Apply()
    {
        _interfaces.Apply();
        _interfaces.Gone.Clear();
    }

    /// <summary>From now on watches these interfaces and no others; the next calls of <see cref="Apply"/> attach and let go.</summary>
    public void Choose(IReadOnlyList<string> interfaces, IReadOnlyList<string> exclude) =>
        _interfaces.Choose(new NamePatterns(interfaces, exclude));

    /// <summary>Looks whether the attachments are still as they were made, a few at each call.</summary>
    public void Audit() => _interfaces.Audit();

    /// <summary>Until <see cref="Audit"/> has something to do; zero or less: now.</summary>
    public TimeSpan Patience => _interfaces.Patience;

    /// <summary>Detaches and lets go of everything in the kernel.</summary>
    public void Dispose()
    {
        _interfaces.Dispose();
        _objects.Dispose();
    }
}
