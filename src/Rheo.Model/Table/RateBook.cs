using System.Runtime.Intrinsics;

namespace Rheo.Model.Table;

/// <summary>
/// Rates of the conversations that were active in the last minute. Those that were in one bucket alone have a brief entry, which becomes a
/// whole one with the second bucket: a million peers that each send once take 24 bytes each for it, and not 152.
/// </summary>
internal sealed class RateBook
{
    /// <summary>Of an entry's number: it is a brief one. No table has so many.</summary>
    private const int Brief = 1 << 30;

    private readonly Pool<RateEntry> _entries = new();
    private readonly Pool<BriefRates> _briefs = new();
    private int _sweep;
    private int _briefSweep;

    public RateClock Clock { get; } = new();

    /// <summary>Conversations that have rates.</summary>
    public int Count => _entries.Count + _briefs.Count;

    /// <summary>Adds to the open bucket; gives the conversation an entry if it has none.</summary>
    public void Add(ref int entry, int owner, in Settlement side0, in Settlement side1)
    {
        var amounts = Vector128.Create((float)side0.Bytes, side0.Packets, side1.Bytes, side1.Packets);
        if (entry < 0)
            entry = Begin(owner);
        if ((entry & Brief) != 0 && !TryAddBriefly(ref _briefs[entry & ~Brief], in amounts))
            entry = Lengthen(entry);
        if ((entry & Brief) != 0)
            return;
        ref var rates = ref _entries[entry];
        rates.AdvanceTo(Clock.Sequence);
        rates.Add(in amounts);
    }

    /// <summary>It will be looked at soon.</summary>
    public void Expect(int entry)
    {
        if ((entry & Brief) == 0)
            _entries.Expect(entry);
        else
            _briefs.Expect(entry & ~Brief);
    }

    public void Release(int entry)
    {
        if ((entry & Brief) == 0)
        {
            _entries[entry].Owner = -1;
            _entries.Return(entry);
            return;
        }

        _briefs[entry & ~Brief].Owner = -1;
        _briefs.Return(entry & ~Brief);
    }

    /// <summary>Looks at some of the entries and releases those that are out of every window; a whole round takes 16 calls.</summary>
    public void Sweep(Pool<ConversationEntry> conversations)
    {
        SweepBriefs(conversations);
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

    private void SweepBriefs(Pool<ConversationEntry> conversations)
    {
        for (var left = (_briefs.High / 16) + 1; left > 0 && _briefs.High > 0; left--)
        {
            _briefSweep = (_briefSweep + 1) % _briefs.High;
            ref var rates = ref _briefs[_briefSweep];
            if (rates.Owner < 0 || Clock.Sequence - rates.Sequence <= RateClock.Remembered)
                continue;
            conversations[rates.Owner].Rates = -1;
            Release(_briefSweep | Brief);
        }
    }

    /// <summary>The three rates, with the side that is the source first.</summary>
    public ConversationRates Read(int entry, int sourceSide)
    {
        if (entry < 0)
            return default;
        if ((entry & Brief) != 0)
            return Read(_briefs[entry & ~Brief].Whole, sourceSide);
        return Read(in _entries[entry], sourceSide);
    }

    private ConversationRates Read(in RateEntry rates, int sourceSide)
    {
        if (rates.Sequence == Clock.Sequence)
            return Rates(in rates, sourceSide);
        if (Clock.Sequence - rates.Sequence > RateClock.Remembered)
            return default;
        var advanced = rates;
        advanced.AdvanceTo(Clock.Sequence);
        return Rates(in advanced, sourceSide);
    }

    /// <summary>Bytes a second of both sides over the last buckets, up to ten: what sorting asks of every conversation.</summary>
    public float ReadBytes(int entry, int buckets)
    {
        if (entry < 0)
            return 0;
        if ((entry & Brief) != 0)
            return ReadBytes(_briefs[entry & ~Brief].Whole, buckets);
        return ReadBytes(in _entries[entry], buckets);
    }

    private float ReadBytes(in RateEntry rates, int buckets)
    {
        if (Clock.Sequence == 0)
            return (rates.Open[0] + rates.Open[2]) / Math.Max(Clock.OpenSeconds, float.Epsilon);
        var seconds = Clock.SecondsOfLast(buckets);
        var sum = rates.SumUpTo(Clock.Sequence, buckets);
        return seconds > 0 ? (sum[0] + sum[2]) / seconds : 0;
    }

    private ConversationRates Rates(in RateEntry rates, int sourceSide) => new(
        Rate(Short(in rates, 1), sourceSide),
        Rate(Short(in rates, RateClock.GroupLength), sourceSide),
        Rate(Minute(in rates), sourceSide));

    private int Begin(int owner)
    {
        var entry = _briefs.Rent();
        _briefs[entry] = new BriefRates { Owner = owner, Sequence = Clock.Sequence };
        return entry | Brief;
    }

    // False when there is a bucket before that still counts.
    private bool TryAddBriefly(ref BriefRates rates, in Vector128<float> amounts)
    {
        if (Clock.Sequence - rates.Sequence > RateClock.Remembered)
            (rates.Amounts, rates.Sequence) = (default, Clock.Sequence);
        if (rates.Sequence != Clock.Sequence)
            return false;
        rates.Amounts += amounts;
        return true;
    }

    private int Lengthen(int brief)
    {
        var entry = _entries.Rent();
        _entries[entry] = _briefs[brief & ~Brief].Whole;
        Release(brief);
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
