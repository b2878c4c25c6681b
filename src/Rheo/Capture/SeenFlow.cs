using Rheo.Model;

namespace Rheo.Capture;

/// <summary>
/// What has been told to the model of one incarnation of a slot, beside its version and packets, which the scan compares and
/// which stand in arrays of their own. 40 bytes a slot.
/// </summary>
internal struct SeenFlow
{
    internal FlowRef Flow;
    internal ulong Bytes;
    internal int Interface;
    internal int Totals;
    internal ushort Syn;
    internal ushort Fin;
    internal ushort Rst;
    internal TrafficClass Class;
    internal bool IsConversation;
}
