namespace Rheo.Capture;

/// <summary>What the two tables' slots have in common: a narrow slot is its flow, a wide one has its addresses beside it.</summary>
internal interface ISlotShape<TSlot>
    where TSlot : unmanaged
{
    static abstract ref readonly FlowSlot Flow(ref readonly TSlot slot);

    static abstract Model.FlowKey Key(ref readonly TSlot slot);
}
