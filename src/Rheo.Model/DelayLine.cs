namespace Rheo.Model;

/// <summary>
/// What is expected, in the order in which it will come: some turns after a thing is put in, it comes out, and by then what was fetched for it is
/// there and tells what to fetch next. Threads: any; a mix-up makes a hint useless and nothing else.
/// </summary>
internal sealed class DelayLine<T>
{
    /// <summary>Four turns: each is some hundred nanoseconds of work, and memory takes about one hundred.</summary>
    public const int Turns = 4;

    private readonly T[] _waiting = new T[Turns];
    private uint _at;

    /// <summary>Puts one in; gives the one that was put in some turns ago.</summary>
    public T Turn(T next)
    {
        ref var place = ref _waiting[_at++ % Turns];
        var due = place;
        place = next;
        return due;
    }
}
