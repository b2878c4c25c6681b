namespace Rheo.Capture;

/// <summary>Slots of <c>wide_table</c>.</summary>
internal readonly struct WideShape : ISlotShape<WideSlot>
{
    public static ref readonly FlowSlot Flow(ref readonly WideSlot slot) => ref slot.Flow;

    public static Model.FlowKey Key(ref readonly WideSlot slot) => KeyReader.Read(in slot);
}
