// jQuery as modules see it: its source is none of ours to check
declare const jQuery: any;
export default jQuery;
