using System.Collections.Concurrent;
using Rheo.Model;

namespace Rheo.Capture;

/// <summary>The interfaces as another process watches them, who tells. Threads: <see cref="Tell"/> and its like may be called from any.</summary>
public sealed class ToldInterfaces : IInterfaces
{
    private readonly ConcurrentQueue<InterfaceNews> _news = new();
    private readonly ConcurrentQueue<string> _told = new();
    private readonly DeviceNames _names = new();
    private readonly Dictionary<int, string> _attached = [];
    private readonly Dictionary<int, TunnelId> _tunnels = [];
    private readonly List<string> _warnings = [];
    private volatile bool _isAttaching = true;
    private volatile InterferenceState _interference = InterferenceState.None;
    private volatile ProgramSample _sample = ProgramSample.None;
    private bool _tunnelsChanged = true;

    /// <inheritdoc/>
    public IReadOnlyList<string> Attached => [.. _attached.Values.Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <inheritdoc/>
    public List<int> Gone { get; } = [];

    /// <inheritdoc/>
    public bool IsAttaching => _isAttaching;

    /// <inheritdoc/>
    public InterferenceState Interference => _interference;

    /// <inheritdoc/>
    public ProgramSample Sample => _sample;

    /// <summary>Something is new about an interface.</summary>
    public void Tell(InterfaceNews news) => _news.Enqueue(news);

    /// <summary>Lets all go of these that were not told of: they went while nobody watched.</summary>
    public void ReleaseUntold(IEnumerable<int> indexes)
    {
        foreach (var index in indexes.Where(index => !_names.Has(index)).Distinct().ToArray())
            Tell(new InterfaceNews(index, "", null, null, IsGone: true));
    }

    /// <summary>Something could not be done, or was found amiss.</summary>
    public void Warn(string line) => _told.Enqueue(line);

    /// <summary>Whether more is to be attached.</summary>
    public void TellAttaching(bool isAttaching) => _isAttaching = isAttaching;

    /// <summary>What others have put in the way.</summary>
    public void Tell(InterferenceState interference) => _interference = interference;

    /// <summary>What the programs cost.</summary>
    public void Tell(ProgramSample sample) => _sample = sample;

    /// <inheritdoc/>
    public IReadOnlySet<TunnelId>? TakeTunnels()
    {
        if (!_tunnelsChanged)
            return null;
        _tunnelsChanged = false;
        return _tunnels.Values.ToHashSet();
    }

    /// <inheritdoc/>
    public string Name(int index) => _names[index];

    /// <inheritdoc/>
    public void Apply()
    {
        while (_news.TryDequeue(out var news))
            Apply(in news);
        while (_told.TryDequeue(out var line))
            _warnings.Add(line);
    }

    /// <inheritdoc/>
    public void Audit()
    {
        // Who attached looks after it.
    }

    private void Apply(in InterfaceNews news)
    {
        if (news.IsGone)
        {
            Gone.Add(news.Index);
            _attached.Remove(news.Index);
            _names.Went(news.Index);
            _tunnelsChanged |= _tunnels.Remove(news.Index);
            return;
        }

        _names.Came(news.Index, news.Name);
        if (news.Attachment is { } attachment)
            _attached[news.Index] = attachment;
        if (news.Tunnel is { } tunnel && (!_tunnels.TryGetValue(news.Index, out var before) || before != tunnel))
        {
            _tunnels[news.Index] = tunnel;
            _tunnelsChanged = true;
        }
    }
}
