namespace Rheo.Model.Table;

/// <summary>Conversations of one age class, the longest idle first; links live in the entries.</summary>
internal sealed class AgeList(Pool<ConversationEntry> conversations)
{
    private int _last = -1;

    /// <summary>The longest idle, or -1.</summary>
    public int First { get; private set; } = -1;

    public void Append(int index)
    {
        ref var entry = ref conversations[index];
        entry.Previous = _last;
        entry.Next = -1;
        if (_last >= 0)
            conversations[_last].Next = index;
        else
            First = index;
        _last = index;
    }

    public void Remove(int index)
    {
        ref var entry = ref conversations[index];
        if (entry.Previous >= 0)
            conversations[entry.Previous].Next = entry.Next;
        else
            First = entry.Next;
        if (entry.Next >= 0)
            conversations[entry.Next].Previous = entry.Previous;
        else
            _last = entry.Previous;
    }
}
