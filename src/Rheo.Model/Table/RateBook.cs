using System.Runtime.Intrinsics;

namespace Rheo.Model.Table;

/// <summary>Rates of the conversations that were active in the last minute.</summary>
internal sealed class RateBook
{
    private readonly Pool<RateEntry> _entries = new();
    private int _sweep;

    public RateClock Clock { get; } = new();

    /// <summary>Conversations that have rates.</summary>
    public int Count => _entries.Count;

    /// <summary>Adds to the open bucket; gives the conversation an entry if it has none.</summary>
    public void Add(ref int entry, int owner, in Settlement side0, in Settlement side1)
    {
        if (entry < 0)
            entry = Begin(owner);
        ref var rates = ref _entries[entry];
        rates.AdvanceTo(Clock.Sequence);
        rates.Add(Vector128.Create((float)side0.Bytes, side0.Packets, side1.Bytes, side1.Packets));
    }

    /// <summary>It will be looked at soon.</summary>
    public void Expect(int entry) => _entries.Expect(entry);

    public void Release(int entry)
    {
        _entries[entry].Owner = -1;
        _entries.Return(entry);
    }

    /// <summary>Looks at some of the entries and releases those that are out of every window; a whole round takes 16 calls.</summary>
    public void Sweep(Pool<ConversationEntry> conversations)
    {
        for (var left = (_entries.High / 16) + 1; left > 0 && _entries.High > 0; left--)
        {
            _sweep = (_sweep + 1) % _entries.High;
            ref var rates = ref _entries[_sweep];
            if (rates.Owner < 0 || Clock.Sequence - rates.Sequence <= RateClock.Remembered)
                continue;
            conversations[rates.Owner].Rates = -1;
            Release(_sweep);
        }
    }

    /// <summary>The three rates, with the side that is the source first.</summary>
    public ConversationRates Read(int entry, int sourceSide)
    {
        if (entry < 0)
            return default;
        ref readonly var rates = ref _entries[entry];
        if (rates.Sequence == Clock.Sequence)
            return Read(in rates, sourceSide);
        if (Clock.Sequence - rates.Sequence > RateClock.Remembered)
            return default;
        var advanced = rates;
        advanced.AdvanceTo(Clock.Sequence);
        return Read(in advanced, sourceSide);
    }

    /// <summary>Bytes a second of both sides over the last buckets, up to ten: what sorting asks of every conversation.</summary>
    public float ReadBytes(int entry, int buckets)
    {
        if (entry < 0)
            return 0;
        ref readonly var rates = ref _entries[entry];
        if (Clock.Sequence == 0)
            return (rates.Open[0] + rates.Open[2]) / Math.Max(Clock.OpenSeconds, float.Epsilon);
        var seconds = Clock.SecondsOfLast(buckets);
        var sum = rates.SumUpTo(Clock.Sequence, buckets);
        return seconds > 0 ? (sum[0] + sum[2]) / seconds : 0;
    }

    private ConversationRates Read(in RateEntry rates, int sourceSide) => new(
        Rate(Short(in rates, 1), sourceSide),
        Rate(Short(in rates, RateClock.GroupLength), sourceSide),
        Rate(Minute(in rates), sourceSide));

    private int Begin(int owner)
    {
        var entry = _entries.Rent();
        _entries[entry] = new RateEntry { Owner = owner, Sequence = Clock.Sequence };
        return entry;
    }

    // Before the first bucket has closed, the open one is all there is.
    private Vector128<float> Short(in RateEntry rates, int buckets) => Clock.Sequence == 0
        ? Divide(rates.Open, Clock.OpenSeconds)
        : Divide(rates.SumOfLast(buckets), Clock.SecondsOfLast(buckets));

    // The buckets since the last group closed, five groups, and of the sixth the share that still lies within 60 buckets.
    private Vector128<float> Minute(in RateEntry rates)
    {
        var since = Clock.Sequence % RateClock.GroupLength;
        if (Clock.ClosedGroups == 0)
            return Short(in rates, RateClock.GroupLength);
        var sum = rates.SumOfLast(since);
        var seconds = Clock.SecondsOfLast(since);
        for (var age = 1; age <= Clock.ClosedGroups; age++)
        {
            var share = age < RateEntry.Groups.Length ? 1 : 1 - ((float)since / RateClock.GroupLength);
            sum += rates.Tens[Clock.GroupSlot(age)].Amounts * share;
            seconds += Clock.SecondsOfGroup(age) * share;
        }
        return Divide(sum, seconds);
    }

    private static Vector128<float> Divide(Vector128<float> sum, float seconds) => seconds > 0 ? sum / seconds : Vector128<float>.Zero;

    private static TrafficRate Rate(Vector128<float> sides, int sourceSide) => sourceSide == 0
        ? new TrafficRate(sides[0], sides[1], sides[2], sides[3])
        : new TrafficRate(sides[2], sides[3], sides[0], sides[1]);
}
