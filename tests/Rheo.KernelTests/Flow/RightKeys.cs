using Rheo.Packets;

namespace Rheo.KernelTests.Flow;

/// <summary>Which keys are right for a packet that is cut: its own, or unparsed; never another.</summary>
internal static class RightKeys
{
    private static readonly ExpectedFlow[] Unparsed =
    [
        Expect.Unparsed(UnparsedReason.Short), Expect.Unparsed(UnparsedReason.Header), Expect.Unparsed(UnparsedReason.TooDeep),
    ];

    public static ExpectedFlow[] Of(Cut cut)
    {
        if (cut.MustBeUnparsed)
            return Unparsed;
        return cut.MustBeWhole ? [cut.Packet.Expected] : [cut.Packet.Expected, .. Unparsed];
    }
}
