namespace Rheo.Capture;

/// <summary>Slots of <c>flow_table</c>.</summary>
internal readonly struct NarrowShape : ISlotShape<FlowSlot>
{
    public static ref readonly FlowSlot Flow(ref readonly FlowSlot slot) => ref slot;

    public static Model.FlowKey Key(ref readonly FlowSlot slot) => KeyReader.Read(in slot);
}
