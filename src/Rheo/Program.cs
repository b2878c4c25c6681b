using Rheo;
using Rheo.Agent;
using Rheo.Cli;

return CommandLine.Run(args, new Commands(FlowCaptureSource.Open, Console.Error), Console.Out, Console.Error);
