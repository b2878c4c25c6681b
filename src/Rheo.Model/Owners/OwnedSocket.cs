using System.Diagnostics.CodeAnalysis;

namespace Rheo.Model.Owners;

/// <summary>A socket in the table, with those who use it. It refers to others by their index in the table's pool.</summary>
/// <remarks>
/// A struct: a busy host makes thousands a second, and each is kept for a minute. Of objects the collector looks at each one, follows all
/// links between them, and moves it twice before it takes it for lasting.
/// </remarks>
internal struct OwnedSocket
{
    /// <summary>The index of no socket.</summary>
    internal const int None = 0;

    internal Endpoint Local;
    internal Endpoint Remote;
    internal ulong Cookie;
    internal ulong Namespace;
    internal long BeganNs;

    /// <summary>When it was last heard of.</summary>
    internal long HeardNs;

    /// <summary>The last walk that found it with anybody.</summary>
    internal long Walk;

    /// <summary>All older ones had ended by then, so that nobody need look at them; <see cref="long.MaxValue"/>: not yet.</summary>
    internal long OlderEndedNs;

    /// <summary>Whose connections these are, before anybody was seen to use this one.</summary>
    internal SocketUsers? Listener;

    /// <summary>The hash of its place in the index.</summary>
    internal uint Hash;

    /// <summary>The next one in the same bucket of the index; of those with the same ends in one namespace, the newest stands there.</summary>
    internal int Next;

    /// <summary>The one before it with the same ends in the same namespace.</summary>
    internal int Older;

    /// <summary>The one after it; none: it stands in the bucket.</summary>
    internal int Newer;

    /// <summary>Its neighbours in the list that it is in.</summary>
    internal int Before;

    /// <inheritdoc cref="Before"/>
    internal int After;

    internal byte Protocol;
    internal bool IsIPv6;
    internal bool IsIPv6Only;
    internal bool IsPassive;

    /// <summary>All older ones began earlier.</summary>
    internal bool BeganLast;

    private SocketPlace _place;
    private bool _hasOnly;
    private SocketUser _only; // nearly all have one: it stands here, and needs no object
    private SocketUsers? _users; // all, where there were several, or others remember it as their listener
    private long _endedNs;

    /// <summary>Under which of the table's indexes it stands.</summary>
    internal SocketPlace Place
    {
        readonly get => _place;
        set
        {
            _place = value;
            if (_users is not null)
                _users.IsAtPort = value == SocketPlace.Port;
        }
    }

    internal long EndedNs
    {
        readonly get => _endedNs;
        set
        {
            _endedNs = value;
            if (_users is not null)
                _users.HasEnded = HasEnded;
        }
    }

    internal readonly bool HasEnded => _endedNs != long.MaxValue;

    internal readonly bool IsConnected => Remote.Port != 0;

    /// <summary>Those who use it, where others may refer to them; else null.</summary>
    internal readonly SocketUsers? SharedUsers => _users;

    /// <summary>Those who use it.</summary>
    [UnscopedRef]
    internal readonly ReadOnlySpan<SocketUser> Users =>
        _users is not null ? _users.All : _hasOnly ? new ReadOnlySpan<SocketUser>(in _only) : [];

    /// <summary>Begins as a socket of which nothing is known, whatever it was before.</summary>
    internal void Begin(ulong cookie, ulong space, byte protocol, long beganNs) => this = new OwnedSocket
    {
        Cookie = cookie,
        Namespace = space,
        Protocol = protocol,
        BeganNs = beganNs,
        EndedNs = long.MaxValue,
    };

    /// <summary>Those who use it, for others to refer to: they stay theirs when the socket is no more.</summary>
    internal SocketUsers ShareUsers()
    {
        if (_users is not null)
            return _users;
        _users = new SocketUsers { HasEnded = HasEnded, IsAtPort = _place == SocketPlace.Port };
        if (_hasOnly)
            _users.Add(in _only);
        (_only, _hasOnly) = (default, false);
        return _users;
    }

    /// <summary>Notes that a process has it. What is certain stays certain.</summary>
    internal void Use(OwnerProcess process, long timeNs, long walk, bool isCertain)
    {
        if (_users is null && !_hasOnly)
            (_only, _hasOnly) = (new SocketUser(process, timeNs, walk, isCertain), true);
        else if (_users is null && _only.Process == process)
            _only = _only.Again(timeNs, walk, isCertain);
        else
            ShareUsers().Use(process, timeNs, walk, isCertain);
    }

    /// <summary>After a walk: whoever neither was found with it nor used it since the walk began has it no longer.</summary>
    internal void Settle(long walk, long walkBeganNs)
    {
        if (_users is not null)
            _users.Settle(walk, walkBeganNs);
        else if (_hasOnly && _only.IsGone(walk, walkBeganNs))
            (_only, _hasOnly) = (default, false);
    }
}
