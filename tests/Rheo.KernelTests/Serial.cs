using Xunit.Sdk;
using Xunit.v3;

// Programs, rings and devices of one kernel: two tests at a time would count each other's packets.
[assembly: Parallelization(Mode = ParallelMode.None)]
