namespace Rheo.Web;

/// <summary>
/// Bounds the conversations that all answers under way hold together: a client that reads slowly, or not at all, keeps its answer
/// in memory, and many of them must not add up.
/// </summary>
/// <param name="most">How many at once.</param>
internal sealed class RowBudget(int most)
{
    private int _taken;

    /// <summary>Takes so many; false when they are not to be had now.</summary>
    public bool TryTake(int rows)
    {
        if (Interlocked.Add(ref _taken, rows) <= most)
            return true;
        Return(rows);
        return false;
    }

    /// <summary>Gives back what was taken.</summary>
    public void Return(int rows) => Interlocked.Add(ref _taken, -rows);
}
